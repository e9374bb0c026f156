import { isSaying, type Saying } from '#lib/alerts/people.ts';
import { answer, isAlertPath, mostButtons, readActions, type Noted } from './buttons.ts';
import { openPage, ownPage } from './windows.ts';
import { readReport, say, sayShown, type Report } from './seen.ts';
import { localeOf, m } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

/** The declarative form of a push message: Safari shows it by itself, we do it elsewhere. */
interface Pushed {
	title?: string;
	body?: string;
	navigate?: string;
	lang?: string;
	tag?: string;
	requireInteraction?: boolean;
	silent?: boolean;
}

const switches = ['requireInteraction', 'silent'];

/** The same with its buttons and marks, as far as they are what they should be. */
interface Shown extends Pushed {
	actions: Array<{ action: Saying; title: string }>;
	report: Report | null;
}

/** What it says, as far as it is what it should be: whatever arrives must be shown. */
function read(data: PushMessageData | null): Shown {
	try {
		const { notification } = data?.json() ?? {};
		return {
			...Object.fromEntries(
				Object.entries(notification ?? {}).filter(
					([name, value]) => typeof value === (switches.includes(name) ? 'boolean' : 'string')
				)
			),
			actions: readActions(notification?.actions),
			report: readReport(notification?.data)
		};
	} catch {
		return { actions: [], report: null };
	}
}

/** Always shows something: a phone that gets three pushes and shows none loses its subscription. */
export async function show(data: PushMessageData | null) {
	const { title, body, navigate, lang, tag, requireInteraction, silent, actions, report } =
		read(data);
	const locale = localeOf((lang ?? '').split('-')[0]);
	const options: NotificationOptions & { actions?: Shown['actions'] } = {
		body,
		lang,
		tag,
		requireInteraction,
		silent,
		icon: '/icon-192.png',
		badge: '/badge-96.png',
		data: { path: navigate ?? '/account/messages', told: report?.told, locale }
	};
	// Safari throws where it is given buttons it cannot show.
	if (actions.length) options.actions = actions.slice(0, mostButtons());
	await self.registration.showNotification(title || m.offline_push_title({}, { locale }), options);
	if (report) await sayShown(report);
}

/** Somebody pressed a notification, or one of its buttons. One we do not know opens its page. */
export async function pressed(notification: Notification, action: string) {
	const about: Noted = notification.data ?? {};
	const { told } = about;
	const alert = new URL(ownPage(about.path)).pathname;
	if (isSaying(action) && isAlertPath(alert)) return await answer(notification, action, alert);
	await Promise.all([open(notification), told && say(told, 'opened')]);
}

/** Opens the page it is about. */
async function open(notification: Notification) {
	notification.close();
	await openPage(ownPage(notification.data?.path));
}

/** The browser renewed or dropped the subscription by itself: the server is told at once. */
export async function resubscribe(event: Event) {
	const { oldSubscription, newSubscription } = event as Event & {
		oldSubscription?: PushSubscription | null;
		newSubscription?: PushSubscription | null;
	};
	const options = oldSubscription?.options;
	const fresh =
		newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
	if (!fresh) return;
	await fetch('/api/push', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(fresh)
	});
}
