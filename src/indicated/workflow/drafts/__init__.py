"""Policies on their way into a site's own content: kept apart until a second person has signed what they say."""
