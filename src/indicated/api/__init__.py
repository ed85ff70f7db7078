"""The REST API: everything of the review as JSON over HTTP, for programs (docs/reference/api.md).

Every route is one entry of a table (`table.Route`): what it takes and gives, the right and the scope it needs.
Answering, OpenAPI and the tests of rights are made from that table; routes call `indicated.workflow` and add no rule.
"""
