/** What whoever is not the operator gets. */
export const OPERATOR_ERRORS = ['not_authenticated', 'not_authorised'] as const;
