//! Resets, kills and twins: nothing acknowledged is lost.
