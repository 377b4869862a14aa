/** The field of leads that brings them to the top of their list, and its values. */
export const FLAG = 'flag';
export const BY_HAND = 'By hand';
export const AUTOMATIC = 'Automatic';
