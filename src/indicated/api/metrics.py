"""What a scraper reads of the API: requests by route and status, how long they took. No label tells of a patient."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from indicated.api.table import Route

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counts of one process. Labels are the route as the table writes it, never an address that was asked for."""

    def __init__(self, version: str, release: str) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("indicated_requests", "Requests answered.", labels, registry=self._registry)
        self._took = Histogram(
            "indicated_request_seconds",
            "How long answering took.",
            ("method", "route"),
            buckets=_BOUNDS,
            registry=self._registry,
        )
        Gauge("indicated_info", "What runs.", ("version", "release"), registry=self._registry).labels(
            version, release
        ).set(1)

    def seen(self, route: Route, status: int, took: float) -> None:
        """One request was answered."""
        self._requests.labels(route.method, route.path, str(status)).inc()
        self._took.labels(route.method, route.path).observe(took)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)
