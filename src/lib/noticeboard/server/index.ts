export { changeNews, writeNews, type NewNews, type NewsFacts } from './write.ts';
export { publishDueNews, publishNews, scheduleNews, unscheduleNews } from './publish.ts';
export { correctNews, discardNews, withdrawNews } from './correct.ts';
export { followNews, newsWishes, type NewsFollow } from './follow.ts';
export type { News, NewsAt } from './find.ts';
export {
	countNews,
	getNews,
	listNews,
	newsForOffice,
	newsToWrite,
	type NewsFilter,
	type NewsSummary
} from './queries.ts';
export { newsDue } from './jobs.ts';
export { newsMoved } from './tell.ts';
export { unwatchAndUnfollow, watchAndFollow } from './watch-ward.ts';
