import afterHours from './after-hours.destiny?raw';
import appointment from './appointment.destiny?raw';
import delivery from './delivery.destiny?raw';
import inboundMenu from './inbound-menu.destiny?raw';
import paymentReminder from './payment-reminder.destiny?raw';
import survey from './survey.destiny?raw';

export type Template = {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly content: string;
};

/** Whole scripts to begin with; each compiles and passes its own tests. */
export const TEMPLATES: readonly Template[] = [
  {
    key: 'appointment',
    name: 'Appointment reminder',
    about: 'Asks whether somebody comes, and hands over to your desk who cannot.',
    content: appointment,
  },
  {
    key: 'payment-reminder',
    name: 'Payment reminder',
    about: 'Makes sure who is speaking, names what is open, and takes a promise.',
    content: paymentReminder,
  },
  {
    key: 'survey',
    name: 'Short survey',
    about: 'A rating, a yes or no, and words of their own as a recording.',
    content: survey,
  },
  {
    key: 'inbound-menu',
    name: 'Menu for callers',
    about: 'Answers your number, asks what it is about, and finds somebody.',
    content: inboundMenu,
  },
  {
    key: 'after-hours',
    name: 'After hours',
    about: 'By day your agents answer, at other times callers leave a message.',
    content: afterHours,
  },
  {
    key: 'delivery',
    name: 'Delivery notice',
    about: 'Tells when a delivery comes and asks where it may be left.',
    content: delivery,
  },
];
