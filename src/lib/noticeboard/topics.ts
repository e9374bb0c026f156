import { m } from '../i18n/index.ts';
import type { IconName } from '../ui/icons.ts';

/** What news is about, as residents choose it. */
// prettier-ignore
export const topics = [
	'water', 'electricity', 'roads', 'waste', 'safety', 'health', 'housing', 'council', 'community'
] as const;
export type Topic = (typeof topics)[number];

export const isTopic = (text: unknown): text is Topic => topics.includes(text as Topic);

/** The name of a topic in the reader's language. */
// prettier-ignore
export const topicName = (topic: Topic): string => ({
	water: m.news_topic_water, electricity: m.news_topic_electricity, roads: m.news_topic_roads,
	waste: m.news_topic_waste, safety: m.news_topic_safety, health: m.news_topic_health,
	housing: m.news_topic_housing, council: m.news_topic_council, community: m.news_topic_community
})[topic]();

// prettier-ignore
export const topicIcons: Record<Topic, IconName> = {
	water: 'drop', electricity: 'bolt', roads: 'road', waste: 'bin', safety: 'shield',
	health: 'shelter', housing: 'home', council: 'flag', community: 'people'
};

/** What followers of a topic follow: the topic in one municipality. */
export const topicSubject = (municipalityId: string, topic: Topic) => `${municipalityId}/${topic}`;
