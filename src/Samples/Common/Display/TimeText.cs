using System.Globalization;

namespace RnnGen.Samples;

/// <summary>Durations as text.</summary>
internal static class TimeText
{
    /// <summary>Minutes and seconds, and hours where there are any.</summary>
    public static string ToClock(this TimeSpan time) => time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
}
