export { currentChannels, useChannels } from './channels/index.ts';
export { channelsOf } from './channels-of.ts';
export { failing } from './channels/failing.ts';
export { isInside } from './channels/inside.ts';
export { postOutward, type OutwardAnswer } from './channels/post-outward.ts';
export { isAllowed as isAllowedHost } from './channels/push-hosts.ts';
export { outbox } from './channels/outbox.ts';
export { askToConfirm } from './confirm.ts';
export { deliver, wakeMessages } from './deliver.ts';
export {
	follow,
	followAll,
	followedBy,
	followersOf,
	isFollowing,
	unfollow,
	type Follower,
	type Following,
	type NewFollowing,
	type Subject
} from './follow.ts';
export { sayFarewell, type Farewell } from './farewell.ts';
export { progressOf, progressOfDeed, type Progress } from './broadcast/counts.ts';
export { dropCanaries, settleCanaries } from './broadcast/canaries.ts';
export { toldOf, wardsTold } from './broadcast/told.ts';
export { acknowledge, noteSeen, seenOfDeed, type ToldAbout } from './broadcast/seen.ts';
export { eraseFromAudiences } from './broadcast/erase.ts';
export { packBroadcasts, sendBroadcasts, watchBroadcastsJob } from './broadcast/jobs.ts';
export { openBroadcast, textsOf, type NewBroadcast, type Opened } from './broadcast/open.ts';
export { keepSending, leaveToThreads, sendNow, stopSending } from './broadcast/process.ts';
export { forgetBroadcasts } from './broadcast/restored.ts';
export { deliveryJobs, preparePushes, testLinks, wakeSleepers, watchChannels } from './jobs.ts';
export { pageOnCall, type Page } from './on-call.ts';
export { channelStatus, recentOutages, type ChannelStatus } from './watch/status.ts';
export { testLinks as testLinksNow } from './watch/test-links.ts';
export { watchTakings } from './watch/takings.ts';
export { wayWords } from './watch/words.ts';
export { forgetPrepared } from './push/blocks.ts';
export { eraseFromBlocks } from './push/leave.ts';
export {
	budgetBook,
	decideBudgets,
	markOf,
	type BudgetBook,
	type BudgetLine
} from './budget/manage.ts';
export { priceOf } from './budget/charge.ts';
export { payForAll, type Order } from './budget/require.ts';
export { bounceSecret, noteBounce, type Returned } from './bounces.ts';
export { hearGateway, hooksOf, type Hook } from './hooks.ts';
export { noteReport, hookSecret, type Heard, type Report } from './receipts.ts';
export { messageToken, originOf } from './links.ts';
export { openOutbox, type Kept } from './outbox.ts';
export { sendMessage, type NewMessage, type Said, type Sent } from './send.ts';
export { tellFollowers, type News } from './tell.ts';
export {
	changeByLink,
	resumeByLink,
	settingsByLink,
	stopByLink,
	stopKindByLink,
	verifyContact
} from './by-link.ts';
export { changeMySettings, isConcealed, settingsOf, type Settings } from './preferences.ts';
export { myMessages, myWays, unfollowAll } from './mine.ts';
export { subscribe, unsubscribe } from './subscribe.ts';
export { pushKey, vapidKeys } from './channels/vapid.ts';
