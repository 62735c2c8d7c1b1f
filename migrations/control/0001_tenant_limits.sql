ALTER TABLE `tenant` ADD `daily_attempts` integer;--> statement-breakpoint
ALTER TABLE `tenant` ADD `daily_spend_micros` integer;--> statement-breakpoint
ALTER TABLE `tenant` ADD `cps_share` real;--> statement-breakpoint
ALTER TABLE `tenant` ADD `max_concurrent_calls` integer;