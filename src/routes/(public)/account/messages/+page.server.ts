import { clockMinutes } from '#lib/delivery/clock.ts';
import { channelNames, type ChannelName } from '#lib/delivery/channel.ts';
import {
	changeMySettings,
	myMessages,
	myWays,
	pushKey,
	settingsOf,
	unfollowAll
} from '#lib/delivery/server/index.ts';
import { messageLanguages } from '#lib/delivery/wording.ts';
import { languages, type Language } from '#lib/i18n/languages.ts';
import { attempt } from '#lib/web/attempt.ts';

export async function load({ locals, url }) {
	const { db, actor } = locals;
	const before = new Date(url.searchParams.get('before') ?? NaN);
	return {
		...(await myMessages(db, actor, Number.isNaN(before.getTime()) ? undefined : before)),
		ways: await myWays(db, actor),
		settings: await settingsOf(db, { personId: actor.id }),
		language: actor.language,
		languages: messageLanguages.map((code) => ({ code, name: languages[code as Language] })),
		pushKey: pushKey(),
		done: url.searchParams.get('done'),
		now: new Date()
	};
}

const isChannel = (text: string): text is ChannelName => channelNames.includes(text as ChannelName);

/** What can be switched off: everything of one subject, by every channel. */
const subjects = ['issue', 'commitment', 'ward'];

export const actions = {
	change: async ({ locals, request }) => {
		const { db, actor } = locals;
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			async () => {
				const { optedOut } = await settingsOf(db, { personId: actor.id });
				await changeMySettings(db, actor, {
					channel: isChannel(text('channel')) ? (text('channel') as ChannelName) : null,
					language: text('language'),
					quiet: {
						from: clockMinutes(text('quiet_from')),
						to: clockMinutes(text('quiet_to'))
					},
					concealed: form.has('concealed'),
					digest: text('digest') === 'daily' ? 'daily' : 'none',
					optedOut: [
						...optedOut.filter((each) => !subjects.includes(each)),
						...subjects.filter((each) => !form.getAll('about').includes(each))
					]
				});
			},
			'/account/messages?done=change'
		);
	},
	hear_again: async ({ locals, request }) =>
		attempt(
			await request.formData(),
			() => changeMySettings(locals.db, locals.actor, { optedOut: [] }),
			'/account/messages?done=hear_again'
		),
	unfollow_all: async ({ locals, request }) =>
		attempt(
			await request.formData(),
			() => unfollowAll(locals.db, locals.actor),
			'/account/messages?done=unfollow_all'
		)
};
