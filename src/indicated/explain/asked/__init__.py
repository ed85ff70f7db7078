"""Answers to follow-up questions: the parts of the article that are asked for, and what a supposition would change."""
