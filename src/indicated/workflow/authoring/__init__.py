"""What authors of standards and policies work with: pages to proofread, differences, effects on cases, drafts."""
