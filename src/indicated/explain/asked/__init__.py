"""Answers to follow-up questions: parts of the article that a question asks for, and what a supposition would change."""
