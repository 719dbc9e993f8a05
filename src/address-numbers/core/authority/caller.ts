export type Role = 'officer' | 'supervisor' | 'administrator' | 'auditor';

/** Who calls this system. It is a system apart from the node and has its own callers. */
export type Caller =
  | { readonly kind: 'staff'; readonly id: string; readonly role: Role }
  | {
      readonly kind: 'business-system';
      readonly id: string;
      /** It brings the data of the resident register (既存住民基本台帳システム, R-604). */
      readonly residentRegister?: true;
    };
