/** The steps of a full exercise, in their order. */
export const drillSteps = [
	'written',
	'submitted',
	'approved',
	'released',
	'first',
	'everybody',
	'taken_back',
	'corrected'
] as const;
export type DrillStep = (typeof drillSteps)[number];

/** Seconds each took; missing where it was not reached. */
export type DrillSteps = Partial<Record<DrillStep, number>>;

/** As the office reads them, and since when they are counted. */
export const drillStepWords: Record<DrillStep, string> = {
	written: 'Written',
	submitted: 'Checked, frozen, approver called',
	approved: 'Approved',
	released: 'Canary ring answered, live',
	first: 'First phone, since approval',
	everybody: 'Every phone, since approval',
	taken_back: 'Taken back',
	corrected: 'Every phone corrected, since the tap'
};

/** domain/alerts.md, 4: what each should take at most, in seconds. */
export const drillTargets: DrillSteps = { submitted: 5, first: 2 };

/** A correction may take as long as the warning itself took, and ten seconds more. */
export const correctionSlack = 10;

/** Which steps took longer than they should. */
export function lateSteps(steps: DrillSteps): DrillStep[] {
	const { everybody = 0, corrected } = steps;
	return drillSteps.filter((step) =>
		step === 'corrected'
			? corrected !== undefined && corrected > everybody + correctionSlack
			: (steps[step] ?? 0) > (drillTargets[step] ?? Infinity)
	);
}
