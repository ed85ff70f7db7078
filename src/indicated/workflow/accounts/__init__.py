"""Accounts: signing in and out, second factors, single sign-on, tokens of programs, licences on record.

Every function takes the store and the moment; whoever is signed in is a `review.people.Person`. Each change and each
failed attempt is an event of the audit log. No secret is kept in clear, and none is logged.
"""
