using System.Globalization;

namespace RnnGen.Runtime;

/// <summary>How RnnGen writes and reads numbers.</summary>
internal static class InvariantNumbers
{
    /// <summary>
    /// The same on every machine. Not <c>CultureInfo.InvariantCulture</c>, which loads ICU and so ends a native program where there is none.
    /// </summary>
    public static readonly NumberFormatInfo Format = new();
}
