/** What is looked at before people go back into a zone. */
export const zoneChecks = ['fire_out', 'road', 'power_lines', 'water', 'gas'] as const;
export type ZoneCheck = (typeof zoneChecks)[number];
export type ZoneChecks = Record<ZoneCheck, boolean>;

export const nothingChecked: ZoneChecks = {
	fire_out: false,
	road: false,
	power_lines: false,
	water: false,
	gas: false
};

/** What each check asks, as the office reads it. */
export const zoneCheckWords: Record<ZoneCheck, string> = {
	fire_out: 'The danger itself is over',
	road: 'Roads are open and safe',
	power_lines: 'Power lines are safe',
	water: 'Water is safe',
	gas: 'Gas is safe'
};

/** Whether everything was looked at. */
export const isSafe = (checks: ZoneChecks) => zoneChecks.every((each) => checks[each]);
