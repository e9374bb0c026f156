import { tableOf } from '../i18n/table.ts';
import { longestTitle, mostJoined, type JoinObstacle } from './incident.ts';

/** Only staff meet these, in English. */
const words = tableOf<JoinObstacle>({
	needs_two: () => 'Choose at least two reports.',
	too_many: () => `Choose at most ${mostJoined} reports at a time. More can join later.`,
	not_open: () => 'Only open reports can become one job; one of them is not:',
	private_one: () => 'A private report cannot be part of a public job:',
	hidden_one: () => 'A report that moderation hides cannot be part of a job:',
	two_jobs: () =>
		'Two of them lead a job each. Choose one of the two, or undo the other job first:',
	needs_a_title: () => 'Say in a few words what the one job is.'
});

export const sayJoinObstacle = (obstacle: JoinObstacle, reference?: string) =>
	reference ? `${words[obstacle]} ${reference}.` : words[obstacle];

export const titleTooLong = `The title is too long: at most ${longestTitle} characters.`;
