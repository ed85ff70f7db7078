"""The review of requests by people: every change of a case's state and who may make it. No pages, no HTTP."""
