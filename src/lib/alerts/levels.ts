import { m, spoken, tongueOf } from '../i18n/index.ts';
import type { IconName } from '../ui/icons.ts';
import type { Alert, Level } from './alert.ts';

const names = {
	advice: m.emergency_level_advice,
	watch_and_act: m.emergency_level_watch_and_act,
	emergency_warning: m.emergency_level_emergency_warning
};

/** The public levels by name, in the reader's language once somebody approved the word. */
export const levelNames = spoken<Level>(names);

/** Shape, word and colour of a band: never the colour alone. */
export interface Band {
	label: string;
	lang: string | undefined;
	icon: IconName;
	class: string;
}

const levels: Record<Level, { icon: IconName; class: string }> = {
	advice: { icon: 'l-advice', class: 'advice' },
	watch_and_act: { icon: 'l-watch', class: 'watch' },
	emergency_warning: { icon: 'l-emergency', class: 'emergency' }
};

/** How a version shows itself: by its level while it holds; otherwise by how it ended. */
export function bandOf({ kind, level, state }: Pick<Alert, 'kind' | 'level' | 'state'>): Band {
	if (kind === 'cancel' || state === 'retracted')
		return {
			label: m.emergency_correction(),
			lang: tongueOf(m.emergency_correction),
			icon: 's-no',
			class: 'ended'
		};
	if (kind === 'all_clear' || state === 'cleared')
		return {
			label: m.emergency_all_clear(),
			lang: tongueOf(m.emergency_all_clear),
			icon: 'l-clear',
			class: 'all-clear'
		};
	const band = { label: levelNames[level], lang: tongueOf(names[level]), ...levels[level] };
	return state === 'live' ? band : { ...band, class: 'ended' };
}
