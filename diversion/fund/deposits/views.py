"""Put money into bags for the bank, whole receipts only."""

from flask import Blueprint

bp = Blueprint("deposits", __name__, url_prefix="/deposits")
