"""Letters and short forms of an answer: what is sent, made of statements with proof like everything else."""
