"""What the status codes of FHIR R4 mean on our axes. The codes are HL7's; one that is not listed changes nothing."""

from __future__ import annotations

from indicated.model.assertion import Certainty, Polarity, Time
from indicated.model.fact import Result, Stage

WRONG = "entered-in-error"

CERTAINTY = {
    "confirmed": Certainty.CONFIRMED,
    "unconfirmed": Certainty.POSSIBLE,
    "provisional": Certainty.PROBABLE,
    "differential": Certainty.POSSIBLE,
    "refuted": Certainty.RULED_OUT,
}
"""Condition.verificationStatus, AllergyIntolerance.verificationStatus."""

CLINICAL = {
    "active": Time.CURRENT,
    "recurrence": Time.CURRENT,
    "relapse": Time.CURRENT,
    "inactive": Time.PAST,
    "remission": Time.RESOLVED,
    "resolved": Time.RESOLVED,
}
"""Condition.clinicalStatus."""

PROCEDURE = {
    "preparation": (Polarity.PRESENT, Time.PLANNED),
    "in-progress": (Polarity.PRESENT, Time.CURRENT),
    "not-done": (Polarity.ABSENT, Time.CURRENT),
    "on-hold": (Polarity.NOT_DOCUMENTED, Time.CURRENT),
    "stopped": (Polarity.PRESENT, Time.PAST),
    "completed": (Polarity.PRESENT, Time.PAST),
    "unknown": (Polarity.NOT_DOCUMENTED, Time.CURRENT),
}
"""Procedure.status."""

ORDERED = {
    "active": Stage.CURRENT,
    "on-hold": Stage.PAST,
    "completed": Stage.PAST,
    "stopped": Stage.PAST,
    "draft": Stage.PLANNED,
}
"""MedicationRequest.status. A cancelled or unknown order says nothing of what was taken."""

TAKEN = {
    "active": Stage.CURRENT,
    "completed": Stage.PAST,
    "stopped": Stage.PAST,
    "on-hold": Stage.PAST,
    "unknown": Stage.PAST,
    "intended": Stage.PLANNED,
    "not-taken": Stage.NEVER,
}
"""MedicationStatement.status."""

GIVEN = {
    "in-progress": Stage.CURRENT,
    "on-hold": Stage.PAST,
    "completed": Stage.PAST,
    "stopped": Stage.PAST,
    "unknown": Stage.PAST,
    "not-done": Stage.NEVER,
}
"""MedicationAdministration.status."""

DISPENSED = {"in-progress": Stage.CURRENT, "completed": Stage.PAST, "on-hold": Stage.PAST, "stopped": Stage.PAST}
"""MedicationDispense.status."""

NOT_YET = ("proposal", "plan", "option")
"""Intents of a request that is not an order."""

SHOWN = {
    **dict.fromkeys(("H", "HH", "HU", "HX"), Result.ELEVATED),
    **dict.fromkeys(("L", "LL", "LU", "LX"), Result.LOW),
    **dict.fromkeys(("A", "AA"), Result.ABNORMAL),
    **dict.fromkeys(("POS", "DET", "RR", "WR"), Result.POSITIVE),
    **dict.fromkeys(("NEG", "ND", "NR"), Result.NEGATIVE),
    "N": Result.NORMAL,
}
"""Observation.interpretation."""

SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "urn:oid:2.16.840.1.113883.6.90": "ICD-10-CM",
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs": "HCPCS",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "HCPCS",
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "HCPCS",
    "urn:oid:2.16.840.1.113883.6.285": "HCPCS",
}
"""Code systems whose codes our vocabulary holds."""

PERIODS = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
"""Timing.repeat.periodUnit."""
