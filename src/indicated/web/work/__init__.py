"""The pages of work: the queue, taking a request in, the work on a case, its decision and notice."""
