/** The least that shows how a script is written. */
export const FIRST_TEXT = `[start]
Hi {{firstName | there}}, this is a call from {{tenantName}}. Do you have a moment?
-> 1, @yes: more
-> 2, @no: goodbye

[more]
Thank you. This is where your message goes.
-> END #confirmed

[goodbye]
No problem. Goodbye.
-> END #declined
`;
