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


def test_a_draft_of_a_policy_approves_nothing(spec):
    """A policy met in a copy that is only a draft, or through a criterion that nobody has read at its source, holds an
    approval back. A text pasted with the case is the payer's own and does not.
    """
    spec.copies(
        """
        copy of the policy           | next step          | reasons
        active                       | approvable         | supported_policy_met
        in_review                    | approvable         | supported_policy_met
        pasted                       | approvable         | supported_policy_met
        draft                        | information_needed | supported_policy_met, policy_draft
        active, criterion not read   | information_needed | supported_policy_met, policy_unverified
        draft, criterion not read    | information_needed | supported_policy_met, policy_draft, policy_unverified
        """
    )
