import { can, type Actor } from '../../../identity/permissions.ts';
import { municipalityById } from '../../../identity/server/index.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { AlertText } from '../../alert.ts';
import { outputsOf, type Output } from '../../outputs.ts';
import { estimatedSeconds } from '../../speech.ts';
import { reviewed } from '../../say.ts';
import { alertById } from '../queries.ts';
import { houseOf } from './house.ts';
import { proofOf } from './proof.ts';
import { sealOrNot } from './public.ts';
import { readingTime } from './speech.ts';

/** An output with its length; read aloud, whether that was measured. */
export interface Shown extends Output {
	measured?: boolean;
}

/**
 * Everything one alert yields, language by language.
 * @throws Refusal 404 for whoever may not read it, and for a draft: its words are not settled
 */
export async function alertOutputs(db: Db, actor: Actor, municipalityId: string, id: string) {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	const alert = await alertById(db, municipalityId, id);
	if (!alert) throw notFound();
	const seal = await sealOrNot(db, alert);
	const { origin } = houseOf((await municipalityById(db, municipalityId))!);
	const link = `${origin}/alerts/${alert.number}`;
	const code = seal ? `${alert.number} ${proofOf(seal.capsule)}` : alert.number;
	const languages = [];
	for (const text of reviewed(alert))
		languages.push({
			language: text.language,
			outputs: await shownFor(text, link, code),
			scanned: seal?.scanned[text.language] ?? null
		});
	return { alert, origin, sealed: Boolean(seal), capsule: seal?.capsule ?? null, languages };
}

async function shownFor(text: AlertText, link: string, code: string): Promise<Shown[]> {
	const outputs = outputsOf(text, {
		link,
		code,
		clock: (words) => estimatedSeconds(words, text.language)
	});
	return Promise.all(
		outputs.map(async (output): Promise<Shown> => {
			if (output.unit !== 'seconds') return output;
			const { seconds, measured } = await readingTime(output.parts[0], text.language);
			return { ...output, used: seconds, fits: seconds <= output.most, measured };
		})
	);
}
