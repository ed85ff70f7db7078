"""The parts of the article, one function each: a writer in, statements out; nothing to say is an empty tuple."""
