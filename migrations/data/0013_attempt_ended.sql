UPDATE `attempt` SET ended_at = lease_until WHERE state = 'ended' AND ended_at IS NULL;
