import { isAnswerKind, type AnswerKind } from '#lib/referral/rules.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { deedOf } from './deed.ts';

/** What the form of an answer says. @throws 400 when none of the answers was chosen */
export function referralAnswer(form: FormData): {
	kind: AnswerKind;
	words: string;
	code: string;
	body: string;
	deedId: string;
} {
	const text = (name: string) => String(form.get(name) ?? '');
	const kind = form.get('kind');
	if (!isAnswerKind(kind)) throw new Refusal(400, 'Choose what you answer.', 'kind');
	return {
		kind,
		words: text('words'),
		code: text('code'),
		body: text('body'),
		deedId: deedOf(form)
	};
}
