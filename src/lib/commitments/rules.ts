/** A promise: given, being worked on, put off (with its old date visible), kept, or broken. */
export const commitmentStates = ['promised', 'in_progress', 'slipped', 'kept', 'broken'] as const;
export type CommitmentState = (typeof commitmentStates)[number];
