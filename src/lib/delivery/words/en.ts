import type { Words } from '../templates.ts';

export const en: Words = {
	reviewedBy: 'source text',
	draft: '',
	open: 'Read it and answer',
	more: 'More, or stop these',
	stop: 'You get this because you asked {municipality} to tell you. Stop it, change the language or set quiet hours',
	wrote: 'They wrote',
	// prettier-ignore
	templates: {
		receipt: {
			title: 'We have it. Your number is {reference}',
			body: 'Keep this number: {reference}.\nIt went to {department}.\nYour private code: {receipt}. With it you come back to your report from any phone. Keep it to yourself.\nTo hear at this address what happens next, open this and say yes: {confirm}'
		},
		following: { title: 'Say yes, and we tell you what happens', body: 'You asked to hear of: {what}\nTo hear at this address what happens next, open this and say yes: {confirm}\nIf it was not you, do nothing.' },
		sign_in_code: {
			title: 'Your sign-in code',
			body: 'Your code for {municipality} is {code}. It works for 10 minutes.\nNever give it to anybody. Nobody from the municipality will ask for it.',
			sms: '{code} is your code for {municipality}. It works for 10 minutes. Never give it to anybody.'
		},
		invitation: {
			title: 'You are invited to work with {municipality}',
			body: 'Good day, {name}.\n{who} invited you as {what}. Choose a password here: {link}\nThe link works once and until {due}.'
		},
		password_reset: {
			title: 'Choose a new password',
			body: 'Choose a new password here: {link}\nThe link works once and for one hour. If you did not ask for it, do nothing; your password stays as it is.'
		},
		'case.opened': { title: '{reference}: published', body: 'A person has looked at it. Everyone can read it now. It went to {department}.' },
		'case.acknowledged': { title: '{reference}: seen by a person', body: '{department} has read it.' },
		'case.assigned': { title: '{reference}: with a team', body: '{department} gave it to a team.' },
		'case.in_progress': { title: '{reference}: work under way', body: '{department} has started.' },
		'case.on_hold': { title: '{reference}: paused', body: '{department} has paused the work. The page says what it waits for.' },
		'case.escalated': { title: '{reference}: late, taken higher', body: 'It was not done in time. A more senior desk of {department} has to answer for it now.' },
		'case.rerouted': { title: '{reference}: with another department', body: 'It is now with {department}.' },
		'case.referred': { title: '{reference}: sent to another body', body: 'It was sent to {who}. {department} stays responsible until they accept it.' },
		'case.taken_over': { title: '{reference}: another body has it now', body: '{who} accepted it and is responsible now. Your number stays the same.' },
		'case.given_back': { title: '{reference}: with us again', body: '{who} does not have it any more. {department} is responsible again.' },
		'case.answered_late': { title: '{reference}: a late answer', body: '{who} answered after it had moved on. The answer is kept.' },
		referral: { title: '{reference}: is this yours?', body: '{what}\nFrom {department}, {municipality}: {reason}\nOpen this to accept it, give it back or ask. No account is needed: {link}\nThe link works until {due}. Whoever has it can answer for {who}: pass it on only to a colleague.' },
		'case.resolved_claimed': { title: '{reference}: said to be fixed. Is it?', body: '{department} says it is fixed. Only you can say whether it is. Open the page and answer yes or no.' },
		'case.verified_closed': { title: '{reference}: fixed, confirmed', body: 'Somebody who lives with it says it is fixed.' },
		'case.reopened': { title: '{reference}: open again', body: 'It is not fixed. {department} has it again.' },
		'case.declined': { title: '{reference}: not taken up', body: '{department} will not take it up. The page says why. You can ask for it to be opened again.' },
		'case.withdrawn': { title: '{reference}: taken back', body: 'Whoever reported it has taken it back.' },
		'case.joined_job': { title: '{reference}: part of one larger job', body: 'Several people reported the same. It is one job now: {what}. You hear everything that happens to it.' },
		'case.left_job': { title: '{reference}: a report of its own again', body: 'It turned out to be something else, so it has left the larger job. {department} has it, with the time it had before. The page says why.' },
		reply: { title: '{reference}: an answer', body: '{department} answered.' },
		councillor_reply: { title: '{reference}: your councillor answered', body: '{who} answered.' },
		'suggestion.evaluating': { title: '{reference}: being considered', body: '{who} is considering the suggestion.' },
		'suggestion.accepted': { title: '{reference}: suggestion accepted', body: '{who} accepted the suggestion.' },
		'suggestion.rejected': { title: '{reference}: suggestion not accepted', body: '{who} did not accept the suggestion. The page says why.' },
		'suggestion.retired': { title: '{reference}: suggestion set aside', body: '{who} set the suggestion aside. The page says why.' },
		'commitment.made': { title: 'A new promise for your ward', body: '{who} promised: {what}\nBy {due}.' },
		'commitment.reported': { title: 'News of a promise', body: '{who} reported on the promise: {what}' },
		'commitment.slipped': { title: 'A promise has a new date', body: '{what}\nWas {oldDue}, now {due}. The page says why.' },
		'commitment.kept': { title: 'A promise was kept', body: '{who} kept the promise: {what}' },
		'commitment.broken': { title: 'A promise was broken', body: '{what}\n{who} did not keep it. The page says why.' },
		moderated: { title: '{reference}: we changed what others see', body: 'Something you wrote or sent is hidden or changed for others. Why: {reason}\nThe original is kept. If you do not agree, open the page and say so.' },
		privacy_answer: { title: 'The answer to your request about your data', body: 'Your request about your data has been answered. Open the page to read it.' },
		'councillor.heard': { title: '{reference}: did an answer come?', body: 'Two weeks or more ago you wrote to {who}. Did an answer come? It takes one tap, and only numbers are shown.' },
		'ward.reported_back': { title: 'A report-back for your ward', body: '{who} has reported back on {what}: what was fixed, what was promised, what is still open.' },
		'outage.forecast': { title: 'Outage in {what}: now expected back {due}', body: 'Was expected {oldDue}, now {due}.\nWhy: {reason}' },
		'outage.forecast_unknown': { title: 'Outage in {what}: nobody knows yet when it is back', body: 'It was expected back {oldDue}. That no longer holds, and there is no new time yet.\nWhy: {reason}' },
		'outage.ended': { title: 'Outage in {what}: it is back', body: 'The municipality says it is back. If it is still off at your place, report it: your place may have a fault of its own.' },
		'outage.again': { title: 'Outage in {what}: off again', body: 'It is off again.\nWhy: {reason}\nExpected back {due}.' },
		'outage.called_off': { title: 'Outage in {what}: called off', body: 'It was closed without having happened, or by mistake.\nWhy: {reason}' },
		'news.published': { title: 'News: {what}', body: 'The municipality says: {what}' },
		'news.corrected': { title: 'Corrected news: {what}', body: 'We told you this before. What was wrong: {reason}\nRead it as it is now.' },
		'news.withdrawn': { title: 'Withdrawn: {what}', body: 'We took this news back. Why: {reason}' },
		staff_digest: { title: 'Your day', body: '{list}' }
	}
};
