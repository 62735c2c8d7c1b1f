CREATE TABLE `heartbeat` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alert` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`rule` text NOT NULL,
	`value` real NOT NULL,
	`threshold` real NOT NULL,
	`raised_at` integer NOT NULL,
	`resolved_at` integer,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`raised_told_at` integer,
	`resolved_told_at` integer,
	`tell_lease_until` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_open` ON `alert` (`tenant_id`,`rule`) WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX `alert_untold` ON `alert` (`raised_at`) WHERE raised_told_at IS NULL OR (resolved_at IS NOT NULL AND resolved_told_at IS NULL);--> statement-breakpoint
CREATE TABLE `alert_rule` (
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`is_on` integer NOT NULL,
	`threshold` real,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `name`)
);
--> statement-breakpoint
ALTER TABLE `dead_letter` ADD `replay_lease_until` integer;--> statement-breakpoint
ALTER TABLE `dead_letter` ADD `discarded_at` integer;--> statement-breakpoint
ALTER TABLE `dead_letter` ADD `discard_reason` text;--> statement-breakpoint
CREATE INDEX `dead_letter_waiting` ON `dead_letter` (`queue`,`at`) WHERE replayed_at IS NULL AND discarded_at IS NULL;