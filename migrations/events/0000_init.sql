CREATE TABLE `call_event` (
	`tenant_id` text NOT NULL,
	`call_id` text NOT NULL,
	`source` text NOT NULL,
	`n` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `call_id`, `source`, `n`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `call_event_no_update` BEFORE UPDATE ON `call_event` BEGIN SELECT RAISE(ABORT, 'call events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `call_event_no_delete` BEFORE DELETE ON `call_event` BEGIN SELECT RAISE(ABORT, 'call events are append-only'); END;
