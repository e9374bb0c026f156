import type { Db } from '../../../platform/server/db.ts';
import type { Alert } from '../../alert.ts';
import { levels } from '../../alert.ts';
import { actionOf, headlineAfter, textFor } from '../../say.ts';
import { liveAlerts } from '../queries.ts';

/** What stands on top of every page while a warning is in force. */
export type Banner = Pick<Alert, 'number' | 'version' | 'kind' | 'level' | 'state' | 'places'> & {
	language: string;
	action: string;
	headline: string;
};

/** The newest word on each thing people are warned of here, the most urgent first. */
export async function bannersFor(
	db: Db,
	municipalityId: string,
	language: string
): Promise<Banner[]> {
	const live = await liveAlerts(db, municipalityId);
	return live
		.flatMap((alert) => {
			const text = textFor(alert, language);
			if (!text) return [];
			const { action } = actionOf(text.instruction);
			const { number, version, kind, level, state, places } = alert;
			const headline = headlineAfter(text.headline, action);
			return {
				number,
				version,
				kind,
				level,
				state,
				places,
				language: text.language,
				action,
				headline
			};
		})
		.sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
}
