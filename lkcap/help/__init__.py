"""What a stranger needs: policy, guide, calendar of due dates, the cabinet on a phone."""
