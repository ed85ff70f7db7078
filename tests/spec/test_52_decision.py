title = "The decision"


def test_the_next_step_follows_from_the_finding_and_the_policy(spec):
    """What the evidence says (rows) and what the policy says (columns) give the next step. No cell denies."""
    spec.decisions(
        """
        finding       | policy met         | policy unknown     | policy not met   | no policy
        supported     | approvable         | information_needed | physician_review | approvable
        supported_if  | information_needed | information_needed | physician_review | information_needed
        undetermined  | information_needed | information_needed | physician_review | information_needed
        not_supported | physician_review   | physician_review   | physician_review | physician_review
        """
    )
