ALTER TABLE `attempt` ADD `from_number` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `more_from_numbers` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `channel` text DEFAULT 'voice' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `ring_seconds` integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `call_limit_seconds` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `max_calls_per_second` real;--> statement-breakpoint
ALTER TABLE `campaign` ADD `max_concurrent_calls` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `record` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `breaker` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `revision` integer DEFAULT 1 NOT NULL;