"""Calendar, time limits and clocks: pure arithmetic on civil dates of Asia/Ho_Chi_Minh."""
