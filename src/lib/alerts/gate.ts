/** The only pairs of CAP status and scope that may reach people. Anything not listed may not, whatever it says. */
const reaching: ReadonlySet<string> = new Set(['Actual/Public']);

/** Whether a message of this CAP status and scope may go to people, by any way at all. */
export const mayReachPeople = (capStatus: string, scope: string) =>
	reaching.has(`${capStatus}/${scope}`);
