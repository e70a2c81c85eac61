"""Give people a link by which their own calendar shows their days, without any name."""
