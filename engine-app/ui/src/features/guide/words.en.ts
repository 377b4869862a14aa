import type { GuideWords } from './guideWords';

export const words: GuideWords = {
  next: 'Next',
  back: 'Back',
  done: 'Done',
  progress: '{{current}} of {{total}}',
  none: 'There is no guide for this page.',
  nothing: 'Nothing is here to show yet.',
  titles: {
    nav: 'Places',
    search: 'Search',
    tabs: 'Views',
    filters: 'Find and narrow',
    figures: 'Today',
    starts: 'Begin here',
    facts: 'Facts',
    events: 'What happens',
    belongings: 'What belongs to it',
    content: 'What is here',
    actions: 'What you can do',
  },
  any: {
    tabs: 'Ready views and your saved lists.',
    facts: 'All fields, changed where they stand.',
    events: 'What happened, with time and cause, and more in the other tabs.',
    belongings: 'Notes, files, tasks and whatever else belongs to it.',
    content: 'What this page is about.',
    actions: 'What you can do here.',
  },
  pages: {
    home: {
      nav: 'All places you may open. On a phone the menu at the top left shows them.',
      search: 'Finds leads, contacts, accounts, automations and settings. Ctrl K opens it from anywhere.',
      figures: 'What happened today. Choose a figure to see what is behind it.',
      starts: 'The first things to do: add a lead, bring in a file, build an automation.',
    },
    leads: {
      head: 'Leads: queries of people, each with its stage, source, score and owner.',
      tabs: 'Ready views and your saved lists, each with an address of its own that you can share.',
      filters:
        'Type three letters to search, build a filter from any fields, choose the columns, or narrow with one click. Save a filter as a list at its right.',
      content:
        'Choose a name to open the lead. Tick several for actions on all of them at once. Flagged leads stand first.',
      actions:
        'New lead opens the complete form; Quick add takes a lead with a few words, which is marked incomplete. The menu beside it brings in a file.',
    },
    'leads/new': {
      head: 'The complete form: the query, its company and its contact, written together or not at all.',
      content:
        'Choose the company and the contact that are here already, or tick New company and New contact and fill in theirs. What is wrong is said beside the inputs, all at once, and nothing you typed is lost.',
      actions: 'Save opens the lead, Save and exit the list. Ctrl Enter saves from anywhere.',
    },
    lead: {
      facts:
        'The fields of the lead; choose one to change it. What stands here your administrators can arrange for each team.',
      events:
        'Everything that happened to the lead with time and cause, narrowed by kind; its other tabs stand beside.',
      belongings: 'Notes, files and tasks of the lead, and what is related to it.',
      actions: 'Plan the next follow-up, log what happened, send a mail. More stands in the menu.',
    },
    contacts: {
      head: 'Contacts: the people, whatever they ask for. A contact can have several leads.',
      tabs: 'Ready views and your saved lists.',
      filters: 'Search by name, company, e-mail or phone, or build a filter from any fields.',
      content: 'Choose a name to open the contact; tick several for actions on all of them.',
      actions: 'Add a contact here.',
    },
    accounts: {
      head: 'Accounts: companies, with their contacts and leads.',
      tabs: 'Ready views and your saved lists.',
      filters: 'Search by name or website, or build a filter from any fields.',
      content: 'Choose a name to open the account.',
      actions: 'Add an account here.',
    },
    opportunities: {
      head: 'Opportunities, also called deals: possible sales, each in a stage of a pipeline.',
      tabs: 'Ready views and your saved lists.',
      filters: 'Search by name, or by name, e-mail or phone of the contact, or build a filter.',
      content:
        'On the board, drag a card to another stage or send it there from its menu. In the list, tick several for actions on all of them.',
      actions:
        'Add an opportunity here. Leads become one by Convert to deal. The clock in a row shows with whom it was shared.',
    },
    'follow-ups': {
      head: 'Who is to be contacted when: at most one follow-up is planned for each lead.',
      content:
        'Today’s first; overdue ones have a tab of their own, oldest first. Update notes what came of it.',
    },
    tasks: {
      head: 'What is to be done, by you and by those whose tasks you may see.',
      content: 'Choose a task to open it, or tick several to complete or hand over.',
    },
    lists: {
      head: 'Lists that people and automations put records into by hand.',
      content: 'Choose a list to see who is in it. Lists that follow a filter are under smart lists.',
    },
    automations: {
      head: 'Automations start when something happens and do what you drew: conditions, waits, messages, tasks.',
      content: 'Each with its state and how many runs are under way, waiting, done or failed.',
      actions: 'Begin with a ready-made one or from nothing.',
    },
    automation: {
      head: 'One automation. What you change is a draft until you publish it; runs under way finish on their version.',
      actions:
        'The plus after a card of the flow adds the next one. Check tells what is missing; Publish shows what changes before the draft counts. An earlier version can be published again.',
    },
    imports: {
      head: 'Bring in leads, contacts or accounts from CSV or Excel files of up to five million rows.',
      content: 'Earlier imports: what they made and changed, the rows they refused, and the way back.',
    },
    jobs: {
      head: 'What is done to many records at once, in the background.',
      content:
        'Each action with its figures. Open one to see the records behind them, to stop it or to undo it.',
    },
    mailbox: {
      head: 'As long as no mail server is set up, what would have been sent lands here.',
      content: 'Choose a message to read it as its receiver would.',
    },
    deliveries: {
      head: 'Every mail, message and webhook of automations, and what became of it.',
      content: 'What failed can be sent again; what waits can be stopped.',
    },
    duplicates: {
      head: 'Records that are likely to mean the same, by the rules that administrators keep.',
      filters: 'Leads, contacts or accounts; what is sure or only likely; one rule or all.',
      content:
        'Each group has one reason. Tick the records that are one and merge them, or say that they are not duplicates: then they are not suggested again.',
    },
    'smart-lists': {
      head: 'Lists that follow a filter: records enter and leave by themselves.',
      content: 'Their order is that of the tabs over your records. Share, copy, rename or delete them here.',
    },
    trash: {
      head: 'Records that were deleted. They are in no list and start nothing.',
      content:
        'Choose records to bring them back with all their data. Administrators can also erase them for good.',
    },
    profile: {
      head: 'Your own data: photo, name, addresses, signature, language, time zone and hours.',
    },
    'profile/integrations': {
      head: 'Your accounts at Google, Microsoft and Zoom, and which of your calendars block your time.',
    },
    'profile/security': {
      head: 'How you sign in: password, second factor, devices and sessions.',
    },
    settings: {
      head: 'How Leadloom works for all of you. You see the pages that your role may open.',
      filters: 'Finds settings by what they are about.',
      content: 'Each page with what it is for. What you change counts once you have saved it.',
    },
    'settings/company': {
      content: 'The logo is shown at the top of every page. Another time zone changes when schedules run.',
    },
    'settings/general': {
      content: 'When duplicate contacts are off, one with the address or number of another is refused.',
    },
    'settings/features': {
      content: 'What is switched off has no menu entry, answers nothing and runs nothing; its data stays.',
    },
    'settings/users': {
      content: 'Everybody with state, roles, team and last sign-in. Deactivating asks who takes over.',
      actions: 'Invite one by mail, or bring in a file of many.',
    },
    'settings/hierarchy': {
      content:
        'Drag a person to another manager, or move with the keyboard. Managers see what those below own.',
    },
    'settings/teams': {
      content: 'Automations share leads out among the members of a team.',
      actions: 'Make a team and choose its members.',
    },
    'settings/permissions': {
      content:
        'For each role what may be done, with whose records, and which fields are hidden or only read.',
    },
    'settings/authentication-profiles': {
      content: 'A user is in one profile at most; a profile can demand the second factor.',
      actions: 'Make a profile and move users into it.',
    },
    'settings/api-keys': {
      content: 'Each key with what it may do and when it was last used. Revoked keys stop at once.',
      actions: 'The secret of a new key is shown once: keep it then.',
    },
    'settings/audit': {
      content: 'Who did what and when. Verify finds out whether anything was changed afterwards.',
    },
    'settings/fields': {
      content:
        'The fields in the order of forms and lists: drag one, or move it with the arrow keys. Any can be renamed, most can be disabled, which keeps their values.',
      actions: 'A new field can be used at once in forms, lists, filters and conditions.',
    },
    'settings/lead-criteria': {
      content:
        'A field that is switched off is no longer offered in the filters of leads. Lists that filter by it go on.',
    },
    'settings/leads': {
      content:
        'Names can change at any time; the number stays and counts in imports. What is in use goes only with another in its place.',
    },
    'settings/pipelines': {
      content: 'Each pipeline with its stages in order. Change one as a whole; nothing happens before Save.',
      actions: 'Add a pipeline, named by its purpose or the origin of its leads.',
    },
    'settings/opportunity-statuses': {
      content:
        'The four that are always there, and your own. A status counts as its kind in all rules and figures.',
      actions: 'Add a status, for example Not relevant of the kind disqualified.',
    },
    'settings/conversion': {
      content:
        'Fields of leads at the left, where their values go at the right. Update makes it take effect.',
    },
    'settings/tables': {
      content:
        'The columns of each definition, in the order of its files. Open one to change columns, their order and their marks.',
    },
    'settings/processes': {
      content:
        'Each process with its supervisors and how many lead lists it has. Choose that number to see them.',
      actions: 'A new process needs a table definition; its supervisors then keep its lists and campaigns.',
    },
    'settings/lead-lists': {
      content:
        'Choose a process, then a list. The switch takes a list away from campaigns and gives it back; at the right it is assigned to campaigns, which counts after Apply. Contacts shows one contact for each number of the process.',
    },
    'settings/tags': {
      content:
        'The tags of all records. Search and sort them; the menu renames or deletes one. Deleted ones come back for 30 days, with their records.',
    },
    'settings/custom-values': {
      content:
        'Texts kept once. Copy a key into an e-mail, and the value stands in its place when it is sent.',
    },
    'settings/duplicates': {
      content:
        'A rule that is switched on compares all records in the background, and each again when it changes. Switched off, it forgets what it has found.',
    },
    'settings/lead-integrations': {
      content:
        'Add an integration for each place that leads come from and give it a source. Connect shows the address to enter there, Fields what goes where, Deliveries what came in; what was refused can be tried again. Scripts of a website may send JSON once the website stands in the settings of the form or chatbot. Leads of Facebook and Instagram from the last 90 days are fetched under Connect.',
    },
    'settings/lead-score': {
      content:
        'Set percentages and points, then save: you see first what it will do. All leads are then scored anew in the background, with progress here.',
    },
    'settings/lead-views': {
      content:
        'How the page of a lead looks for each team: fields at the left, tabs, buttons. Teams without one get the standard page.',
    },
    'settings/single-sign-on': {
      content: 'The provider that your people already sign in with, and what it says about them.',
    },
    'settings/sales-groups': {
      content: 'Groups for reports and goals; a user can be in several.',
    },
    'settings/calendar-providers': {
      content:
        'Enter the client id and secret of an application that you have registered at the provider; then everybody can connect an account.',
    },
    'settings/webhook-secrets': {
      content: 'Named secrets. A webhook that names one is signed with it.',
    },
    'settings/activity-types': {
      content: 'What can happen to a lead, with own fields and points for the score.',
    },
    'settings/mail': {
      content: 'Without a server mails land in the mailbox of Leadloom, so that you can try everything.',
    },
    'settings/journal': {
      content: 'Each reader with how far it is behind. What could not be read waits here to be read again.',
    },
  },
};
