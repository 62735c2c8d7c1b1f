CREATE TABLE `carrier_account` (
	`sid` text PRIMARY KEY NOT NULL,
	`token_sealed` text NOT NULL,
	`calls_per_second` real NOT NULL,
	`max_concurrent_calls` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dead_letter` (
	`id` text PRIMARY KEY NOT NULL,
	`queue` text NOT NULL,
	`tenant_id` text,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`replayed_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letter_at` ON `dead_letter` (`at`);--> statement-breakpoint
CREATE TABLE `phone_number` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`e164` text NOT NULL,
	`twilio_sid` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phone_number_e164` ON `phone_number` (`e164`);--> statement-breakpoint
CREATE TABLE `tenant` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`plan` text NOT NULL,
	`state` text NOT NULL,
	`time_zone` text NOT NULL,
	`calling_codes` text NOT NULL,
	`is_outer_window_lifted` integer NOT NULL,
	`carrier_account_sid` text NOT NULL,
	`data_shard` integer NOT NULL,
	`created_at` integer NOT NULL
);
