using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>Rows some of whose elements become the sum of another row's, divided by a number; the others become 0.</summary>
/// <param name="From">The pointer to what is averaged.</param>
/// <param name="FromStride">Floats a row of it.</param>
/// <param name="To">The pointer to the means.</param>
/// <param name="ToStride">Floats a row of them.</param>
/// <param name="Shape">Which elements.</param>
/// <param name="Accumulate">Whether the means are added to what is there.</param>
internal sealed record MeanPlan(string From, Size FromStride, string To, Size ToStride, MeanShape Shape, bool Accumulate);
