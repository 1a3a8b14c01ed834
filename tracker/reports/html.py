"""Reports as one self-contained HTML page: no script, nothing fetched, readable on paper."""

from __future__ import annotations

from markupsafe import Markup, escape

from tracker.reports import charts, phrases, templating
from tracker.reports.factsheet import AgreementReport
from tracker.reports.portfolio import PortfolioReport


def agreement(report: AgreementReport) -> bytes:
    """The fact sheet of one agreement."""
    return _page("agreement.html.j2", report=report, chart=charts.of_agreement(report))


def portfolio(report: PortfolioReport) -> bytes:
    """The portfolio."""
    return _page("portfolio.html.j2", report=report, chart=charts.of_portfolio(report))


def _page(template: str, **values: object) -> bytes:
    environment = templating.environment(autoescape=True)
    environment.filters["when"] = _when
    page: str = environment.get_template(template).render(**values)
    return page.encode("utf-8")


def _when(text: str | None) -> Markup:
    """A date in words that does not break across lines, with its machine-readable form; unknown set apart."""
    if text is None or text == phrases.UNKNOWN:
        return Markup('<span class="unknown">unknown</span>')
    words = escape(phrases.day(text, brief=True))
    return Markup('<span class="day">{}</span>' if ".." in text else '<time datetime="{1}">{0}</time>').format(
        words, text
    )
