"""Lay out one page from standard input as a PDF, poor in memory and time.

Started by its command line in a process of its own: no web worker loads the library.
"""

import mimetypes
import re
import sys

import pydyf
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from diversion.core import paths

try:
    import resource
except ImportError:  # not on Windows: there the time limit of the parent stands alone
    resource = None  # type: ignore[assignment]  # (a module, elsewhere)

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
HERE = "http://static.invalid"  # a name that by its standard never leads anywhere
OWN = re.compile(re.escape(HERE) + r"(?:/[^?#]*)?/static/[0-9a-f]{16}/([a-z0-9./-]+)")


class OurFiles(URLFetcher):
    """Give out files that come with the program; nothing else is fetched from anywhere."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return one file of `static/`. Raises PermissionError, which stops the layout."""
        folder = paths.shipped("static").resolve()
        found = OWN.fullmatch(url)
        path = (folder / found[1]).resolve() if found else folder
        if not path.is_relative_to(folder) or not path.is_file():
            raise PermissionError
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def main() -> None:
    """Write the PDF to standard output."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold names
    text = sys.stdin.buffer.read().decode()
    page = HTML(string=text, base_url=f"{HERE}/", url_fetcher=OurFiles(fail_on_errors=True))
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1", finisher=_name_languages))


def _name_languages(laid_out: Document, made: pydyf.PDF) -> None:
    """Say of each article in which language it is; the library says it of the whole alone.

    An article that goes on overleaf has a tag on each page.
    """
    boxes = (box for page in laid_out.pages for box in page._page_box.descendants())
    spoken = [box.element.get("lang") for box in boxes if box.element_tag == "article"]
    articles = [each for each in made.objects if isinstance(each, dict) and each.get("S") == "/Art"]
    for article, language in zip(articles, spoken, strict=True):
        article["Lang"] = pydyf.String(language)


if __name__ == "__main__":
    main()
