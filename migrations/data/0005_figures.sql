CREATE TABLE `figure_campaign` (
	`tenant_id` text NOT NULL,
	`at` integer NOT NULL,
	`campaign_id` text NOT NULL,
	`kind` text NOT NULL,
	`script_id` text NOT NULL,
	`script_version` integer NOT NULL,
	`finished` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`machine` integer DEFAULT 0 NOT NULL,
	`busy` integer DEFAULT 0 NOT NULL,
	`no_answer` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`confirmed` integer DEFAULT 0 NOT NULL,
	`transfer_tried` integer DEFAULT 0 NOT NULL,
	`transferred` integer DEFAULT 0 NOT NULL,
	`fallback` integer DEFAULT 0 NOT NULL,
	`seconds` integer DEFAULT 0 NOT NULL,
	`outcomes` text DEFAULT '{}' NOT NULL,
	`edges` text DEFAULT '{}' NOT NULL,
	PRIMARY KEY(`tenant_id`, `at`, `campaign_id`, `kind`, `script_id`, `script_version`)
);
--> statement-breakpoint
CREATE INDEX `figure_campaign_script` ON `figure_campaign` (`tenant_id`,`script_id`,`script_version`,`at`);--> statement-breakpoint
CREATE TABLE `figure_day` (
	`tenant_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`finished` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`machine` integer DEFAULT 0 NOT NULL,
	`busy` integer DEFAULT 0 NOT NULL,
	`no_answer` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`confirmed` integer DEFAULT 0 NOT NULL,
	`transfer_tried` integer DEFAULT 0 NOT NULL,
	`transferred` integer DEFAULT 0 NOT NULL,
	`fallback` integer DEFAULT 0 NOT NULL,
	`seconds` integer DEFAULT 0 NOT NULL,
	`minutes` integer DEFAULT 0 NOT NULL,
	`cost_micros` integer DEFAULT 0 NOT NULL,
	`priced` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`tenant_id`, `at`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `figure_quarter` (
	`tenant_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`finished` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`machine` integer DEFAULT 0 NOT NULL,
	`busy` integer DEFAULT 0 NOT NULL,
	`no_answer` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`confirmed` integer DEFAULT 0 NOT NULL,
	`transfer_tried` integer DEFAULT 0 NOT NULL,
	`transferred` integer DEFAULT 0 NOT NULL,
	`fallback` integer DEFAULT 0 NOT NULL,
	`seconds` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`tenant_id`, `at`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `price_pass` (
	`tenant_id` text NOT NULL,
	`minutes` integer NOT NULL,
	`done_up_to` integer NOT NULL,
	`lease_until` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `minutes`)
);
--> statement-breakpoint
ALTER TABLE `call` ADD `is_transfer_tried` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `call` ADD `is_transferred` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `call` ADD `has_fallback` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `call` ADD `path` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `call` ADD `cost_micros` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `call` ADD `is_cost_final` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `call_created` ON `call` (`tenant_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `clip_made` ON `clip` (`tenant_id`,`made_at`,`characters`);--> statement-breakpoint
CREATE INDEX `campaign_halted` ON `campaign` (`tenant_id`) WHERE state = 'paused' AND paused_reason IS NOT NULL;--> statement-breakpoint
CREATE INDEX `message_created` ON `message` (`tenant_id`,`created_at`,`direction`,`segments`);--> statement-breakpoint
CREATE INDEX `recording_created` ON `recording` (`tenant_id`,`created_at`,`state`,`duration_seconds`);