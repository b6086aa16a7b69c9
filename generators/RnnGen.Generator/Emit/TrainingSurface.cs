using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.SurfaceText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the public members that training needs, or their refusals.</summary>
internal static class TrainingSurface
{
    public static void Emit(CodeWriter writer, NetworkPlan plan, string self)
    {
        if (plan.Spec.Training)
            Training(writer, self);
        else
            NoTraining(writer, plan, self);
    }

    private static void Training(CodeWriter writer, string self) => writer.Lines(
        $$"""
        /// <summary>Allocates all memory for <see cref="Forward"/> and <see cref="Backward"/> on batches of up to this many steps and sequences.</summary>
        public static global::RnnGen.Training.Tape<{{self}}> CreateTape(int maxSteps, int batchSize) => new(maxSteps, batchSize);

        static {{InRuntime}}TapeLayout? {{InRuntime}}IGeneratedNetwork<{{self}}>.TapeLayout => TapeRegions;

        /// <summary>Runs a batch from the tape's initial states and records on the tape what <see cref="Backward"/> needs.</summary>
        public void Forward(global::RnnGen.Training.Tape<{{self}}> tape, global::RnnGen.SequenceBatch batch) =>
            {{InRuntime}}TapePasses.Forward(tape, this, batch);

        /// <summary>
        /// Back-propagates the gradient of the tape's outputs. Adds to the tape's parameter gradients; sets its gradients of inputs and initial states.
        /// </summary>
        public void Backward(global::RnnGen.Training.Tape<{{self}}> tape, {{ReadOnlyFloats}} outputGradients) =>
            {{InRuntime}}TapePasses.Backward(tape, this, outputGradients, ofLogits: false);

        /// <summary>Like <see cref="Backward"/>, but starts from the gradient of the tape's logits.</summary>
        public void BackwardFromLogits(global::RnnGen.Training.Tape<{{self}}> tape, {{ReadOnlyFloats}} logitGradients) =>
            {{InRuntime}}TapePasses.Backward(tape, this, logitGradients, ofLogits: true);

        """);

    private static void NoTraining(CodeWriter writer, NetworkPlan plan, string self)
    {
        string refusal = $"throw new global::System.NotSupportedException(\"{plan.Spec.ClassName.TrimStart('@')} was generated with Training = false.\")";
        writer.Lines(
            $$"""
            static {{InRuntime}}TapeLayout? {{InRuntime}}IGeneratedNetwork<{{self}}>.TapeLayout => null;

            static global::RnnGen.Training.Tape<{{self}}> global::RnnGen.INetwork<{{self}}>.CreateTape(int maxSteps, int batchSize) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.Forward(global::RnnGen.Training.Tape<{{self}}> tape, global::RnnGen.SequenceBatch batch) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.Backward(global::RnnGen.Training.Tape<{{self}}> tape, {{ReadOnlyFloats}} outputGradients) => {{refusal}};

            void global::RnnGen.INetwork<{{self}}>.BackwardFromLogits(global::RnnGen.Training.Tape<{{self}}> tape, {{ReadOnlyFloats}} logitGradients) => {{refusal}};

            """);
    }
}
