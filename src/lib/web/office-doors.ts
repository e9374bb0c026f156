import { holds, type Actor, type Permission } from '#lib/identity/permissions.ts';
import type { IconName } from '#lib/ui/icons.ts';

export interface OfficeDoor {
	path: string;
	name: string;
	icon: IconName;
	needs: Permission[];
	waiting?: number;
}

/** The rooms of the office, in the order of a day's work. A person sees those they may enter. */
// prettier-ignore
export const officeDoors: OfficeDoor[] = [
	{ path: '/office/ward', name: 'My ward', icon: 'home', needs: ['case.comment'] },
	{ path: '/office/alerts', name: 'Warnings', icon: 'bell', needs: ['alert.read'] },
	{ path: '/office/alerts/templates', name: 'Texts of warnings', icon: 'edit', needs: ['alert.translate'] },
	{ path: '/office/alerts/places', name: 'Shelters', icon: 'shelter', needs: ['shelter.count'] },
	{ path: '/office/aid', name: 'Relief', icon: 'box', needs: ['aid.read'] },
	{ path: '/office/cases', name: 'Queue', icon: 'clock', needs: ['case.read'] },
	{ path: '/office/referrals', name: 'Handed over', icon: 'arrow', needs: ['referral.answer'] },
	{ path: '/office/outages', name: 'Outages', icon: 'off', needs: ['outage.publish'] },
	{ path: '/office/clocks', name: 'Clocks', icon: 'clock', needs: ['clock.watch'] },
	{ path: '/office/commitments', name: 'Promises', icon: 'flag', needs: ['commitment.make'] },
	{ path: '/office/rumours', name: 'Rumours', icon: 'msg', needs: ['rumour.answer'] },
	{ path: '/office/alerts/relay', name: 'Weather Service', icon: 'bolt', needs: ['alert.compose'] },
	{ path: '/office/news', name: 'News', icon: 'paper', needs: ['news.publish'] },
	{ path: '/office/moderation', name: 'Moderation', icon: 'shield', needs: ['issue.moderate'] },
	{ path: '/office/privacy', name: 'Personal details', icon: 'me', needs: ['privacy.handle'] },
	{ path: '/office/audit', name: 'Who did what', icon: 'eye', needs: ['audit.read'] },
	{ path: '/office/channels', name: 'Channels', icon: 'bell', needs: ['channel.watch'] },
	{ path: '/office/setup', name: 'Set up', icon: 'key', needs: ['municipality.manage', 'service.manage', 'template.manage', 'retention.manage', 'budget.manage'] },
	{ path: '/office/people', name: 'People', icon: 'people', needs: ['people.manage'] },
	{ path: '/office/leave', name: 'Leave', icon: 'clock', needs: ['delegation.manage'] }
];

export const doorsOpenTo = (actor: Actor) =>
	officeDoors.filter(({ needs }) => needs.some((permission) => holds(actor, permission)));
