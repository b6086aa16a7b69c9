namespace RnnGen.Formats.Tflite;

/// <summary>An operator that no node says: whoever needs what it gives is refused with its reason.</summary>
internal static class RefusedOperator
{
    /// <summary>The attribute that says why.</summary>
    public const string Reason = "reason";

    public static IReadOnlyList<Knowledge> Refuse(NodeCall call) => throw call.Refuse(call.Word(Reason, "it is not known"));
}
