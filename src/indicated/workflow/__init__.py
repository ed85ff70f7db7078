"""Every change of state: texts in, a case, a determination under the release, an answer out."""
