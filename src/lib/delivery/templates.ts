/**
 * What a message can be. `code`: asked for by the person this minute, or work handed to the office of
 * another body: ignores quiet hours, opt-outs and verification. `receipt`: the one message an unverified contact gets. `service`: everything
 * that follows from a report, a promise or the work.
 */
export type TemplateKind = 'code' | 'receipt' | 'service';

// prettier-ignore
export const templates = {
	receipt:                'receipt',
	following:              'receipt',
	sign_in_code:           'code',
	invitation:             'code',
	password_reset:         'code',
	'case.opened':          'service',
	'case.acknowledged':    'service',
	'case.assigned':        'service',
	'case.in_progress':     'service',
	'case.on_hold':         'service',
	'case.escalated':       'service',
	'case.rerouted':        'service',
	'case.referred':        'service',
	'case.taken_over':      'service',
	'case.given_back':      'service',
	'case.answered_late':   'service',
	referral:               'code',
	'case.resolved_claimed':'service',
	'case.verified_closed': 'service',
	'case.reopened':        'service',
	'case.declined':        'service',
	'case.withdrawn':       'service',
	'case.joined_job':      'service',
	'case.left_job':        'service',
	reply:                  'service',
	councillor_reply:       'service',
	'suggestion.evaluating':'service',
	'suggestion.accepted':  'service',
	'suggestion.rejected':  'service',
	'suggestion.retired':   'service',
	'commitment.made':      'service',
	'commitment.reported':  'service',
	'commitment.slipped':   'service',
	'commitment.kept':      'service',
	'commitment.broken':    'service',
	moderated:              'service',
	privacy_answer:         'service',
	'councillor.heard':     'service',
	'ward.reported_back':   'service',
	'outage.forecast':      'service',
	'outage.forecast_unknown':'service',
	'outage.ended':         'service',
	'outage.again':         'service',
	'outage.called_off':    'service',
	'news.published':       'service',
	'news.corrected':       'service',
	'news.withdrawn':       'service',
	staff_digest:           'service'
} as const satisfies Record<string, TemplateKind>;

export type TemplateCode = keyof typeof templates;

/** Those an unverified contact may get, a few a day. */
export const receiptTemplates = (Object.keys(templates) as TemplateCode[]).filter(
	(code) => templates[code] === 'receipt'
);

export const kindOf = (template: TemplateCode): TemplateKind => templates[template];

export const isTemplate = (code: string): code is TemplateCode => Object.hasOwn(templates, code);

/** What fills the places of a template. A line of the body whose fact is missing is left out. */
export type Facts = Partial<Record<FactName, string>>;

export type FactName =
	| 'municipality'
	| 'reference'
	| 'receipt'
	| 'confirm'
	| 'department'
	| 'who'
	| 'what'
	| 'due'
	| 'oldDue'
	| 'code'
	| 'link'
	| 'reason'
	| 'list'
	| 'name';

/** One template in one language. The title stays readable in lists and logs: never a code or a name in it. */
export interface Wording {
	title: string;
	body: string;
	/** What an SMS says instead of the title, where the title is not enough. */
	sms?: string;
}

export interface Words {
	/** Who approved these words; null marks a draft, which no emergency may use. */
	reviewedBy: string | null;
	/** Said at the foot of a draft, in that language. */
	draft: string;
	/** Leads to the page about it. */
	open: string;
	/** Before the link in an SMS, which leads to the matter and to the way out. */
	more: string;
	/** At the foot of an e-mail: why this came and how to stop it. */
	stop: string;
	/** Before what somebody wrote. */
	wrote: string;
	templates: Record<TemplateCode, Wording>;
}
